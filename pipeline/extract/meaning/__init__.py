"""What numbers and days tell of an incident: the measure of a quantity, the event of a date."""
