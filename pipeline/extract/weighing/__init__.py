"""How evidence is weighed: linear models, grown trees, and how far what they say can be believed. Knows no words."""
