"""What other programs call: `/b/<slug>/api/v1/`, with a key of the business (docs/api.md, decision 26)."""
