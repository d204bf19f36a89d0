"""How long what a service stands on lasts, and what makes quality: features, and freedom from deficiencies."""
