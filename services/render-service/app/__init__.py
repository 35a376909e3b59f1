"""render-service: turns a script and a property's photos into a film."""
