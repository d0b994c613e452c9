"""The gate on whole chains: what passes, and who is refused at each step."""


def test_a_whole_chain_moves_main(office):
    for n in range(1, 7):
        office.step(n)
    assert office.both("butir").said == []
    office.merge()
    assert office.both("main").said == []
    assert office.server("refs/heads/main") == office.rev("langkah 7")
