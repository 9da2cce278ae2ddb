import CNcurses
import Glibc

/// A terminal description of our own, for terminals that take any colour although their own description knows
/// only a palette: nearly all of them say so in COLORTERM alone.
///
/// ncurses' `xterm-direct` without what is not the same everywhere (rep, bce, printing, margins, titles, its own
/// mouse reports), with colours as `38;2;R;G;B`, which more terminals know than the form with colons. Compiled by
/// `tic -x`, written by `infocmp -x -0 -Q2`, given to ncurses in TERMINFO.
enum DirectDescription {
    static let name = "storefront-direct"

    /// Runs `body` while ncurses finds the description under its name.
    static func whileKnown<Result>(_ body: () -> Result) -> Result {
        let before = TerminalType.environment("TERMINFO")
        setenv("TERMINFO", compiled, 1)
        defer { if let before { setenv("TERMINFO", before, 1) } else { unsetenv("TERMINFO") } }
        return body()
    }

    private static let compiled =
        "b64:HgI2ACYADwBpAXADc3RvcmVmcm9udC1kaXJlY3R8bW9kZXJuIHRlcm1pbmFsIHdpdGggZGlyZWN0IGNvbG91cnMAAAEA"
        + "AAEAAAABAAAAAAABAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAFQAAAACAAAABgAAAD_________________________________"
        + "____________________AAAAAQAAAQAAAAQABgAIABkAHgAmACoA_____y4APwBBAEUATAD__04AWwD__18AYwBtAHEA____"
        + "_3UAeQB-AIMA__-VAJoA_____58ApACpAK4AtwC7AMIA___UANkA3wD_____________________5QD__-"
        + "kA________6wD___AA___________0APgA_gACAQYBCgEQARYBHAEiASgBLAH__zEB__81Af__OgE-"
        + "AUUB__9MAVABWAH__________________________________2AB__9jAWwBdQH__34BhwGQAZkB__-"
        + "iAf____________________________-rAf__rgGxAbMBtgETAv__FgL__________________xgCHAL_____IAL__1UC___"
        + "__1kCXwL_____________ZQL_____________aQL________________________________________________________"
        + "_______________________________________________________________________________9tAnMCeQKAAocCjgK"
        + "VAp0CpQL________________________________________________________________________________________"
        + "_____________________________rQL________________________________________________________________"
        + "_______-yAv__________________________________uwL________________________AAv_____________________"
        + "__________________________________________________________________8YC________ygIdAxtbWgAHAA0AG1s"
        + "laSVwMSVkOyVwMiVkcgAbWzNnABtbSBtbMkoAG1tLABtbSgAbWyVpJXAxJWQ7JXAyJWRIAAoAG1tIABtbPzI1bAAIABtbPzE"
        + "ybBtbPzI1aAAbW0MAG1tBABtbPzEyOzI1aAAbW1AAG1tNABsoMAAbWzVtABtbMW0AG1s_MTA0OWgbWzIyOzA7MHQAG1sybQA"
        + "bWzRoABtbN20AG1s3bQAbWzRtABtbJXAxJWRYABsoQgAbKEIbW20AG1s_MTA0OWwbWzIzOzA7MHQAG1s0bAAbWzI3bQAbWzI"
        + "0bQAbW0wAfwAbWzN-ABtPQgAbT1AAG1syMX4AG09RABtPUgAbT1MAG1sxNX4AG1sxN34AG1sxOH4AG1sxOX4AG1syMH4AG09"
        + "IABtbMn4AG09EABtbNn4AG09DABtbMTsyQgAbWzE7MkEAG09BABtbPzFsGz4AG1s_MWgbPQAbRQAbWyVwMSVkUAAbWyVwMSV"
        + "kTQAbWyVwMSVkQgAbWyVwMSVkUwAbWyVwMSVkTAAbWyVwMSVkRAAbWyVwMSVkQwAbWyVwMSVkQQAbOAAbNwAKABtNACU_JXA"
        + "5JXQbKDAlZRsoQiU7G1swJT8lcDYldDsxJTslPyVwNSV0OzIlOyU_JXAyJXQ7NCU7JT8lcDElcDMlfCV0OzclOyU_JXA0JXQ"
        + "7NSU7JT8lcDcldDs4JTttABtIAAkAG09xABtPcwBgYGFhZmZnZ2lpampra2xsbW1ubm9vcHBxcXJyc3N0dHV1dnZ3d3h4eXl"
        + "6ent7fHx9fX5-ABtbWgAbWz83aAAbWz83bAAbT0UAG09GABtbMjN-ABtbMjR-"
        + "ABtbMTsyUAAbWzE7MlEAG1sxOzJSABtbMTsyUwAbWzE1OzJ-ABtbMTc7Mn4AG1sxODsyfgAbWzFLABtbMzk7NDltABtbM20A"
        + "G1syM20AG1s8ABtbJT8lcDElezh9JTwldDMlcDElZCVlMzg7MjslcDElezY1NTM2fSUvJWQ7JXAxJXsyNTZ9JS8lezI1NX0l"
        + "JiVkOyVwMSV7MjU1fSUmJWQlO20AG1slPyVwMSV7OH0lPCV0NCVwMSVkJWU0ODsyOyVwMSV7NjU1MzZ9JS8lZDslcDElezI1"
        + "Nn0lLyV7MjU1fSUmJWQ7JXAxJXsyNTV9JSYlZCU7bQADAAEAAwAKACUAAQEBAAgAAAAAAAQACAAAAAMABwAKAA0AEQAVABtP"
        + "dAAbT3YAG09yAEFYAFJHQgBYVABDTwBrYjEAa2IzAGtjMgA="
}
