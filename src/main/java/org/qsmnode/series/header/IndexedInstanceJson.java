package org.qsmnode.series.header;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qsmnode.volume.Vector3;

/** JSON form of {@link IndexedInstance}: frames refer to a list of the kinds that occur. */
final class IndexedInstanceJson {

  /**
   * Characters of one object's record. What {@link InstanceReader} takes of an object, with as many
   * frames, kinds and values as it takes, stays below.
   */
  static final int MOST_CHARACTERS = 16 << 20;

  /** Objects and lists within each other: a scale in a kind in the list of kinds. */
  private static final int MOST_NESTING = 10;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(HeaderTags.MOST_VALUE_BYTES)
                          .maxNestingDepth(MOST_NESTING)
                          .maxDocumentLength(MOST_CHARACTERS)
                          .build())
                  .build())
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .build();

  private record StoredFrame(int number, double @Nullable [] position, int kind) {}

  private record Stored(IndexedInstance object, List<FrameKind> kinds, List<StoredFrame> frames) {}

  private IndexedInstanceJson() {}

  static String write(IndexedInstance instance) {
    Map<FrameKind, Integer> kinds = new LinkedHashMap<>();
    List<StoredFrame> frames = new ArrayList<>(instance.frames().size());
    for (FrameFacts frame : instance.frames()) {
      int kind = kinds.computeIfAbsent(frame.kind(), k -> kinds.size());
      Vector3 p = frame.positionMm();
      frames.add(
          new StoredFrame(
              frame.frameNumber(), p == null ? null : new double[] {p.x(), p.y(), p.z()}, kind));
    }
    try {
      return MAPPER.writeValueAsString(
          new Stored(withFrames(instance, List.of()), List.copyOf(kinds.keySet()), frames));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an indexed instance has no JSON form", e);
    }
  }

  static IndexedInstance read(String json) {
    try {
      return instance(MAPPER.readValue(json, Stored.class));
    } catch (JsonProcessingException e) {
      // The parser's message quotes the text, so only the place is told.
      throw new IllegalArgumentException(
          "not the JSON of an indexed instance, near character " + charOffset(e));
    } catch (NullPointerException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("the JSON of an indexed instance lacks a part", e);
    }
  }

  private static IndexedInstance instance(Stored stored) {
    List<FrameFacts> frames = new ArrayList<>(stored.frames().size());
    for (StoredFrame frame : stored.frames()) {
      double[] p = frame.position();
      frames.add(
          new FrameFacts(
              frame.number(),
              p == null ? null : new Vector3(p[0], p[1], p[2]),
              stored.kinds().get(frame.kind())));
    }
    return withFrames(stored.object(), frames);
  }

  private static long charOffset(JsonProcessingException e) {
    return e.getLocation() == null ? -1 : e.getLocation().getCharOffset();
  }

  private static IndexedInstance withFrames(IndexedInstance i, List<FrameFacts> frames) {
    return new IndexedInstance(
        i.sopInstanceUid(),
        i.sopClassUid(),
        i.studyInstanceUid(),
        i.frameOfReferenceUid(),
        i.transferSyntaxUid(),
        i.own(),
        i.place(),
        i.scanner(),
        i.scan(),
        i.expectation(),
        i.pixels(),
        i.numberOfFrames(),
        frames);
  }
}
