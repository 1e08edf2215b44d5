"""The assistant without a language model: a deterministic function of the transcript."""
