"""What the command line prints: tables, texts with marks, summaries. Nothing here decides or changes anything."""
