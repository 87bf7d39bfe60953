def secret : String := include_str "/etc/hostname"

theorem fine : True := trivial
