package org.qsmnode.camel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Who has associations open and who gets another one; shared by consumers and routes. */
public final class OpenAssociations {

  private final ReservedAssociations reserved;
  private final List<Place> places = new ArrayList<>();

  /**
   * An open association.
   *
   * @param kept whether it is one of those that only known callers get
   */
  record Place(DicomEvent.Caller caller, boolean kept) {}

  /** Everybody is treated alike. */
  public OpenAssociations() {
    this(ReservedAssociations.NONE);
  }

  public OpenAssociations(ReservedAssociations reserved) {
    this.reserved = reserved;
  }

  /** True while the AE has at least one association open. */
  public synchronized boolean isOpen(String callingAeTitle) {
    return count(place -> place.caller().aeTitle().equals(callingAeTitle)) > 0;
  }

  /** All open associations. */
  public synchronized int total() {
    return places.size();
  }

  /**
   * Gives a caller one more, empty where a limit is reached.
   *
   * @param most associations open at a time
   * @param mostPerAe of those from one calling AE title
   */
  synchronized Optional<Place> open(DicomEvent.Caller caller, int most, int mostPerAe) {
    if (count(place -> place.caller().aeTitle().equals(caller.aeTitle())) >= mostPerAe) {
      return Optional.empty();
    }
    if (open(caller, false) < reserved.openPerAddress(most)
        && count(place -> !place.kept()) < reserved.open(most)) {
      return Optional.of(taken(new Place(caller, false)));
    }
    if (reserved.knows(caller.aeTitle())
        && open(caller, true) < reserved.reservedPerAddress(most)
        && places.size() < most) {
      return Optional.of(taken(new Place(caller, true)));
    }
    return Optional.empty();
  }

  private int open(DicomEvent.Caller caller, boolean kept) {
    return count(
        place -> place.kept() == kept && place.caller().address().equals(caller.address()));
  }

  private Place taken(Place place) {
    places.add(place);
    return place;
  }

  private int count(Predicate<Place> which) {
    return (int) places.stream().filter(which).count();
  }

  synchronized void closed(Place place) {
    places.remove(place);
  }
}
