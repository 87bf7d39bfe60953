prelude
import Init.Prelude

def String.ofList (_ : List Char) : String := ""

theorem same : Eq (String.ofList List.nil) "" := rfl
