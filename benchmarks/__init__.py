"""Our matching beside its peers, and the whole bot under load: figures, never a test."""
