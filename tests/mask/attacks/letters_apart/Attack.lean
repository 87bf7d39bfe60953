import Init

def probe : List Char := ['c', 'o', 's', 'e', 't']
