import Reconstruct.Judge.Main
