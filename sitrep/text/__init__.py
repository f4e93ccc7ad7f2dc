"""Text: words as people type them -> markup, sentences, likeness, the form in which words are compared."""
