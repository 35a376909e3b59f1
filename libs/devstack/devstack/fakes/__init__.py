"""Stand-ins for providers that cost money: they answer as documented, and fail on demand."""
