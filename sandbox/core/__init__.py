"""What every vendor's part stands on: options, state, the log of requests, faults on order."""
