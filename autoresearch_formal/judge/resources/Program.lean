prelude
import JudgeProgram
