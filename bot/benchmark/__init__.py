"""Our engine beside its peers: how often each is right, how fast, and at what size."""
