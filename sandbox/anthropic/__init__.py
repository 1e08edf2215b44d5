"""Anthropic's Messages API: checks requests as the vendor does, answers from a script."""
