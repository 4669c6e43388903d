"""What a running bot tells about itself, and what keeps it running: health, status, reload, logs, the doctor."""
