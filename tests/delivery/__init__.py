"""Proof that every question is answered, once: the live bot as processes, killed, starved and lied to."""
