"""The resources that the services show, and the events that they exchange."""
