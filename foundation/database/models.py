"""No models: Django announces the end of a migrate only to apps that have this module."""
