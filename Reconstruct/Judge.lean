import Reconstruct.Judge.Candidate
import Reconstruct.Judge.Degenerate
import Reconstruct.Judge.Export
import Reconstruct.Judge.Main
import Reconstruct.Judge.Policy
