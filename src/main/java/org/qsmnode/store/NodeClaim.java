package org.qsmnode.store;

/**
 * One life of a node: its name belongs to this process until the lease is no longer renewed.
 *
 * @param name name of the node
 * @param worker name of this life, unique, by which rows in hand name who has them
 */
public record NodeClaim(String name, String worker) {}
