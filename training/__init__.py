"""How the encoder is made: PyTorch, on the content, once in a while. Nothing here is needed to run, test or edit."""
