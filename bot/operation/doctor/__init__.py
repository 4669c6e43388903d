"""What a bot in trouble is asked: one module an organ, each finding in plain words with what to do."""
