"""The pretend Telegram as a process of its own, which takes orders: for the long proofs and the load benchmark."""
