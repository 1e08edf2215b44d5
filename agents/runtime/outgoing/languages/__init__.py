"""What each language of the product claims with."""
