package org.qsmnode.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.qsmnode.derive.DerivedObjects;
import org.qsmnode.store.JobRow;
import org.qsmnode.store.PlannedDelivery;
import org.qsmnode.store.ResultSeries;

/** Which derived series of a job goes to which destination, and whether it is held. */
final class DeliveryPlan {

  private final Map<String, Destination> destinations;
  private final Senders senders;

  DeliveryPlan(Map<String, Destination> destinations, Senders senders) {
    this.destinations = destinations;
    this.senders = senders;
  }

  /** The sets of objects that some destination wants. */
  Set<DerivedObjects> objects() {
    return destinations.values().stream()
        .flatMap(destination -> destination.objects().stream())
        .collect(Collectors.toSet());
  }

  /**
   * One delivery a wanted series and destination; what replaces an earlier result is always held.
   */
  List<PlannedDelivery> of(JobRow job, Collection<ResultSeries> results) {
    Set<String> titles = senders.titles(job);
    List<PlannedDelivery> planned = new ArrayList<>();
    for (Destination destination : destinations.values()) {
      if (titles.stream().noneMatch(destination::takes)) {
        continue;
      }
      for (ResultSeries series : results) {
        if (destination.wants(series.kind())) {
          planned.add(
              new PlannedDelivery(
                  series.kind(),
                  destination.name(),
                  destination.hold() || !job.recipe().isEmpty()));
        }
      }
    }
    return planned;
  }
}
