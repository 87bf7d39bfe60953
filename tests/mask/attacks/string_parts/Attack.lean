import Init

def probe : String := "sub" ++ "group"
