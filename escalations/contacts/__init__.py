"""What staff do with a person who writes: look, sort, join with another, hand out what is known, forget."""
