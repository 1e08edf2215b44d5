"""Settings of what other programs may do here, and where they are told of news."""
