// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/jwtdemokeys.h"

namespace rt {

namespace {

// Known to everybody who reads this, and good for lessons only.

constexpr char rsaPrivate[] = "-----BEGIN PRIVATE KEY-----\n"
                              "MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDdo/0GzkN9HboM\n"
                              "qRarr5nImH4yMLj3QFbeirJv0u9kxKAyk1Z42rvMLS+AhB3g2cWcO8LPoWUHmwCc\n"
                              "2Frl0dzavnAbo7K09g+4J9b6v/DT0DG+lahqfOquh1TAysKNs25lD6R3izffH2At\n"
                              "sneRBfrgzO/e1p3DPP+5Gqi5UvqZbQg6ksQUzHBXxrOlOAxGtLGnLX6uUDSDYsFd\n"
                              "eGV9FZURoQflMF4HdqgVMPsFjh1tqGlbCOBV6OKfwhAlFoQN0mlGynAK7oXYKUB2\n"
                              "yZJDQfXflhTJCT8jov6MFUuj0earuenmkdk8de5WQPqjUpUYco2w2jbTA5odqTLV\n"
                              "u5bLBYCvAgMBAAECggEACDlDySiGvodc1jLBQZY0Dt+sRwZ3G811AQWFFhBt4NT0\n"
                              "MLbgzX59hgI4h1Hfne6BSN5lcw4aUTbsxeUNMlvKuwm339P/bHwjcdd16uXg9Kr+\n"
                              "kti7YAAfNmHqa3Yv09F64MsSH3wN6FHMtXAFbwnEGOqMYpNJ/+rX04bBXeb4n2VS\n"
                              "OCzEnPsBF5J7kt7le9m3avNukLKzEb+jjDmgN2OSusmvR6QVgtrUgJwgaUu2uNZo\n"
                              "TCCxN4mYfN1gXdmJg954T2OxUrwxXE62UzUdctg6ik6X7inrKdD46wJudWIIMvjW\n"
                              "VQTrEiRheXCY2AyDBBPIU31Y50Vl2N2HduYBu8Cj+QKBgQD+ZQQZLUGtSpQ3yfmE\n"
                              "jSC2DPKHo3B4h9tHFcOwgVsZPqABSuA2o14ggBhSMgk0TY4UTu6y/qKEahlpiknh\n"
                              "/CpWGddqjcGRuQCfgFl0Veg9uC4+UQLi4BbKuOIsm5GheR4CshGYLQWmw88tVndk\n"
                              "rKttgxSGyYNNxHQxlCrjI4IN2wKBgQDfCg6aKB4SnaXRTfuAT9u4A6EHqaPJIVHK\n"
                              "PDZcy1Kq4WInoCubReFclTSgQRmYh66wcSt5/nC41xlGAZhyedAPwFZvCY/DmzQA\n"
                              "mSaZYwy4jcGmT/cPi14nZ3bD85mf8lDO5qyr+xuJUbn1GOq6crZYFm9ajopSfz4q\n"
                              "GAlIis2yvQKBgQCq/Bh6F5oKMJNYwA9OkVDILAGjOy4wRRgUOkOyUe96E0aWN85l\n"
                              "yv5MF+zA6lKXbf0uFzOG6XEwUOPNtR4dn1CRWIMaYjcVi+QoUKtPbyJOwYmLZwXq\n"
                              "mbWYAhY650FF59NM+oSq5K/ku713eqN67je2vqDAS5dOYNm8LRt6WXZjewKBgD8q\n"
                              "+QG99O5uyaSiwmUPuPm/xV6HNATls+Vj8j2LtCkDVipE2bTLMM1o0JPGfDpPyzDb\n"
                              "jGWroz8mZFkIYKWjTEL5xUEDYz0R+sNknKL6g4LNWxgAM8eqQAtG6UML/eln1m0S\n"
                              "tbqrjpvwkosQ+IG/tVbzW6w5DIHa2b9QOWjbLvC9AoGBAJxLFC2tNsiQnxqC6mY1\n"
                              "zU6le+ZJ6+jamb36BeRpXb8HpZqZoubqoRUt7B+TU5NlGIpTEKhznGeN7adfNGp3\n"
                              "JAICTw1vhLOGBaJgQ73YZ9tvAE7NIYjjBCicdz2VMZwcGZ2x3JEK3hs0/yXItgB/\n"
                              "eEEyLkFhWghV7nAbhRmR6+nH\n"
                              "-----END PRIVATE KEY-----";
constexpr char rsaPublic[] = "-----BEGIN PUBLIC KEY-----\n"
                             "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA3aP9Bs5DfR26DKkWq6+Z\n"
                             "yJh+MjC490BW3oqyb9LvZMSgMpNWeNq7zC0vgIQd4NnFnDvCz6FlB5sAnNha5dHc\n"
                             "2r5wG6OytPYPuCfW+r/w09AxvpWoanzqrodUwMrCjbNuZQ+kd4s33x9gLbJ3kQX6\n"
                             "4Mzv3tadwzz/uRqouVL6mW0IOpLEFMxwV8azpTgMRrSxpy1+rlA0g2LBXXhlfRWV\n"
                             "EaEH5TBeB3aoFTD7BY4dbahpWwjgVejin8IQJRaEDdJpRspwCu6F2ClAdsmSQ0H1\n"
                             "35YUyQk/I6L+jBVLo9Hmq7np5pHZPHXuVkD6o1KVGHKNsNo20wOaHaky1buWywWA\n"
                             "rwIDAQAB\n"
                             "-----END PUBLIC KEY-----";

constexpr char ec256Private[] = "-----BEGIN PRIVATE KEY-----\n"
                                "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQglxUvGRx6h58zGjuT\n"
                                "dsqG85gjGIjuusveJSE9Q3O06c2hRANCAATL7ZgcKlGzu8P0Lm0I7fpysqnMK/1T\n"
                                "yQR3a/b+1x4r3k6pzaQQo4Ip53nWCfv6kc+73vJyB+mkdV29mKxuuMNL\n"
                                "-----END PRIVATE KEY-----";
constexpr char ec256Public[] = "-----BEGIN PUBLIC KEY-----\n"
                               "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEy+2YHCpRs7vD9C5tCO36crKpzCv9\n"
                               "U8kEd2v2/tceK95Oqc2kEKOCKed51gn7+pHPu97ycgfppHVdvZisbrjDSw==\n"
                               "-----END PUBLIC KEY-----";

constexpr char ec384Private[] = "-----BEGIN PRIVATE KEY-----\n"
                                "MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDAMcmrt7YDjS5O3wCr6\n"
                                "OEjpUgwvFRMgtoVqPfCuhnN34hT3OeX84R4HR7JVIBJNl72hZANiAASSZnTGx+qZ\n"
                                "OofthHzw2JNcCEa2PExsgEhrxGtqaKWGzKgR3WTg/0O0eU02IqoW6xU8Ui5KTdT6\n"
                                "TpNVuhdDh5w4zh9rIvI3Ek61MIgTFt377gTG0mix00t20wdtuBks6Tc=\n"
                                "-----END PRIVATE KEY-----";
constexpr char ec384Public[] = "-----BEGIN PUBLIC KEY-----\n"
                               "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEkmZ0xsfqmTqH7YR88NiTXAhGtjxMbIBI\n"
                               "a8RramilhsyoEd1k4P9DtHlNNiKqFusVPFIuSk3U+k6TVboXQ4ecOM4fayLyNxJO\n"
                               "tTCIExbd++4ExtJosdNLdtMHbbgZLOk3\n"
                               "-----END PUBLIC KEY-----";

constexpr char ec521Private[] = "-----BEGIN PRIVATE KEY-----\n"
                                "MIHuAgEAMBAGByqGSM49AgEGBSuBBAAjBIHWMIHTAgEBBEIBey2Me2qmL2WNrry7\n"
                                "QYSRX6u6YgumdHr4yJYWtvdHpKE9/Zrre49Ogfue5lI0iPZhk7IdUMe0lwv3vSoJ\n"
                                "drhruVChgYkDgYYABAAPJTUXHabrG05fqbE+xdAamxs4sPUuB4o8JtcKpSjbhAEX\n"
                                "4GAKVsbs93f90su8pXikkK6MI3CDFPxchTn+df5H2wFDag/IIz1i+kUMd/25GSB5\n"
                                "FawaTn1BfGfPgTzyancf8TJvFDJRFEL/+H+5VNylP0cO5k0QM7/t+1Pjpq3ZPgPw\n"
                                "Aw==\n"
                                "-----END PRIVATE KEY-----";
constexpr char ec521Public[] = "-----BEGIN PUBLIC KEY-----\n"
                               "MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQADyU1Fx2m6xtOX6mxPsXQGpsbOLD1\n"
                               "LgeKPCbXCqUo24QBF+BgClbG7Pd3/dLLvKV4pJCujCNwgxT8XIU5/nX+R9sBQ2oP\n"
                               "yCM9YvpFDHf9uRkgeRWsGk59QXxnz4E88mp3H/EybxQyURRC//h/uVTcpT9HDuZN\n"
                               "EDO/7ftT46at2T4D8AM=\n"
                               "-----END PUBLIC KEY-----";

} // namespace

JwtKeyPair jwtDemoKeys(const QString &algorithm)
{
    if (algorithm == u"ES256")
        return {ec256Private, ec256Public};
    if (algorithm == u"ES384")
        return {ec384Private, ec384Public};
    if (algorithm == u"ES512")
        return {ec521Private, ec521Public};
    return {rsaPrivate, rsaPublic};
}

} // namespace rt
