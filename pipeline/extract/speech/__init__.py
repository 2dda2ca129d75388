"""Who says what: quotations with their speakers, by name, by role or by pronoun."""
