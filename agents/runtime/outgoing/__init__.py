"""Nothing is claimed that is not so: what a reply says is held against what is committed and what the tools said."""
