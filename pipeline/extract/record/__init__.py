"""What is said of an incident as a whole: action, actor, time of occurrence, parties, responses."""
