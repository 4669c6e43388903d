"""What is wrong with content across fields and files, one module a kind of thing."""
