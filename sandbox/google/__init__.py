"""Google: OAuth with a consent page, Calendar v3 as its discovery document says."""
