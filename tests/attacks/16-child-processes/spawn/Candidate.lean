#eval do
  let _ ← IO.Process.spawn { cmd := "sleep", args := #["600"] }

theorem fine : True := trivial
