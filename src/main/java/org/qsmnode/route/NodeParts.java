package org.qsmnode.route;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.qsmnode.camel.OpenAssociations;
import org.qsmnode.pipeline.Reconstruction;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.NodeClaim;
import org.qsmnode.store.Spool;

/** What the routes are made of; the receiver finds spool and associations in the registry too. */
public record NodeParts(
    NodeSettings settings,
    NodeClaim claim,
    Ledger ledger,
    Spool spool,
    Reconstruction reconstruction,
    OpenAssociations openAssociations,
    DicomPeers peers,
    AuditTrail audit,
    ReceivedStudies received,
    MeterRegistry meters,
    Clock clock) {}
