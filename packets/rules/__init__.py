"""What is said of a packet before it is filed, and what a certificate has to say. Pure."""
