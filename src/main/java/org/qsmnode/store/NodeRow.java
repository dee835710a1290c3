package org.qsmnode.store;

import java.time.Instant;

/**
 * A node that shares the ledger.
 *
 * @param worker its present or last life
 * @param process the process of that life
 * @param roles what it does, in words
 * @param leaseUntil when it counts as silent, by the clock of the database
 * @param live whether its lease has not run out yet, by the clock of the database
 */
public record NodeRow(
    String name,
    String worker,
    ProcessIdentity process,
    String roles,
    Instant leaseUntil,
    boolean live) {}
