"""Types of loyalty and movement between them, the curve that leads there, wallets, and what people do after service."""
