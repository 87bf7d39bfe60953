"""Pages that a run or a loop leaves for readers: self-contained HTML, readable offline."""
