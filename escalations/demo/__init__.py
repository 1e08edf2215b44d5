"""The two practices that `make demo` shows: made through the product's own doors, with plausible contents."""
