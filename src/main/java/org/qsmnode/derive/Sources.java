package org.qsmnode.derive;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Code;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.qsmnode.series.pixels.SourceReference;

/**
 * Links from a derived image to its sources: SourceImageSequence with every source of the slice,
 * and ReferencedSeriesSequence with exactly the same instances (PS3.3 C.7.6.1, C.12.2).
 */
final class Sources {

  private static final Code PURPOSE =
      new Code("121322", "DCM", null, "Source image for image processing operation");

  private record Instance(String sopClassUid, String sopInstanceUid) {}

  private Sources() {}

  /** Adds both. */
  static void addTo(Attributes image, List<SourceReference> references) {
    addSourceImages(image, references);
    addReferencedSeries(image, references);
  }

  /** Adds SourceImageSequence: to an image, or to a derivation of a frame. */
  static void addSourceImages(Attributes image, List<SourceReference> references) {
    Map<Instance, Set<Integer>> frames = new LinkedHashMap<>();
    for (SourceReference reference : references) {
      Set<Integer> numbers = frames.computeIfAbsent(instance(reference), key -> new TreeSet<>());
      if (reference.frameNumber() > 0) {
        numbers.add(reference.frameNumber());
      }
    }
    Sequence sources = image.newSequence(Tag.SourceImageSequence, frames.size());
    frames.forEach(
        (instance, numbers) -> {
          Attributes item = reference(instance);
          sources.add(item);
          if (!numbers.isEmpty()) {
            Elements.is(
                item,
                Tag.ReferencedFrameNumber,
                numbers.stream().mapToInt(Integer::intValue).toArray());
          }
          item.newSequence(Tag.PurposeOfReferenceCodeSequence, 1).add(PURPOSE.toItem());
        });
  }

  private static Instance instance(SourceReference reference) {
    return new Instance(reference.sopClassUid(), reference.sopInstanceUid());
  }

  /** Adds ReferencedSeriesSequence. */
  static void addReferencedSeries(Attributes image, List<SourceReference> references) {
    Map<String, Set<Instance>> series = new LinkedHashMap<>();
    for (SourceReference reference : references) {
      series
          .computeIfAbsent(reference.seriesInstanceUid(), key -> new LinkedHashSet<>())
          .add(instance(reference));
    }
    Sequence referenced = image.newSequence(Tag.ReferencedSeriesSequence, series.size());
    series.forEach(
        (seriesUid, instances) -> {
          Attributes item = new Attributes();
          referenced.add(item);
          Elements.ui(item, Tag.SeriesInstanceUID, seriesUid);
          Sequence listed = item.newSequence(Tag.ReferencedInstanceSequence, instances.size());
          instances.forEach(instance -> listed.add(reference(instance)));
        });
  }

  private static Attributes reference(Instance instance) {
    Attributes item = new Attributes();
    Elements.ui(item, Tag.ReferencedSOPClassUID, instance.sopClassUid());
    Elements.ui(item, Tag.ReferencedSOPInstanceUID, instance.sopInstanceUid());
    return item;
  }
}
