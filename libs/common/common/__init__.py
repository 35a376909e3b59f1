"""What every service needs and nothing of any domain."""
