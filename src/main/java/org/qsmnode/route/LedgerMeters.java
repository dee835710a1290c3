package org.qsmnode.route;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.qsmnode.store.AcquisitionState;
import org.qsmnode.store.DeliveryState;
import org.qsmnode.store.Ledger;

/** How many studies, acquisitions and deliveries stand where, counted when a scrape asks. */
public final class LedgerMeters {

  private LedgerMeters() {}

  public static void register(MeterRegistry registry, Ledger ledger) {
    Gauge.builder("qsmnode.studies.held", () -> ledger.instances().countHeld())
        .description("Studies that could not be examined and are held")
        .register(registry);
    for (AcquisitionState state : AcquisitionState.values()) {
      Gauge.builder("qsmnode.acquisitions", () -> ledger.acquisitions().count(state))
          .description("Acquisitions by state")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    for (DeliveryState state : DeliveryState.values()) {
      Gauge.builder("qsmnode.deliveries", () -> ledger.deliveries().count(state))
          .description("Deliveries of derived series by state")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }
}
