package org.dcm4che3.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dcm4che3.util.TagUtils;

/** The data dictionary of PS3.6, read from the resource {@code dictionary.txt}. */
final class StandardDictionary extends ElementDictionary {
  static final StandardDictionary INSTANCE = load();

  /** An element, or all elements that agree with {@code tag} in the bits of {@code mask}. */
  private record Entry(int tag, int mask, VR vr, boolean byPixelRepresentation, String keyword) {}

  private final Map<Integer, Entry> entries = new HashMap<>();
  private final Map<String, Entry> keywords = new HashMap<>();
  private final List<Entry> ranges = new ArrayList<>();

  private static StandardDictionary load() {
    StandardDictionary dictionary = new StandardDictionary();
    try (InputStream in = StandardDictionary.class.getResourceAsStream("dictionary.txt")) {
      if (in == null) {
        throw new IllegalStateException("resource dictionary.txt is missing");
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
      for (String line; (line = lines.readLine()) != null; ) {
        if (!line.startsWith("#")) {
          dictionary.add(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return dictionary;
  }

  private void add(String line) {
    String[] fields = line.split(" ");
    int tag = Integer.parseUnsignedInt(fields[0].replace('x', '0'), 16);
    int mask = 0;
    for (int i = 0; i < 8; i++) {
      mask = (mask << 4) | (fields[0].charAt(i) == 'x' ? 0 : 0xf);
    }
    VR vr = fields[1].equals("-") ? null : VR.valueOf(fields[1].substring(0, 2));
    Entry entry = new Entry(tag, mask, vr, fields[1].equals("US/SS"), fields[2]);
    keywords.put(entry.keyword, entry);
    if (mask == -1) {
      entries.put(tag, entry);
    } else {
      ranges.add(entry);
    }
  }

  private Entry entry(int tag) {
    Entry entry = entries.get(tag);
    if (entry != null || TagUtils.isPrivateGroup(tag)) {
      return entry;
    }
    for (Entry range : ranges) {
      if ((tag & range.mask) == range.tag) {
        return range;
      }
    }
    return null;
  }

  @Override
  public VR vrOf(int tag) {
    if (TagUtils.elementNumber(tag) == 0) {
      return VR.UL;
    }
    if (TagUtils.isPrivateGroup(tag)) {
      return TagUtils.isPrivateCreator(tag) ? VR.LO : VR.UN;
    }
    Entry entry = entry(tag);
    return entry == null ? VR.UN : entry.vr;
  }

  /** Whether the VR is US or SS, depending on PixelRepresentation. */
  boolean dependsOnPixelRepresentation(int tag) {
    Entry entry = entries.get(tag);
    return entry != null && entry.byPixelRepresentation;
  }

  @Override
  public String keywordOf(int tag) {
    Entry entry = entry(tag);
    if (entry != null) {
      return entry.keyword;
    }
    if (TagUtils.elementNumber(tag) == 0) {
      return "GroupLength";
    }
    return TagUtils.isPrivateCreator(tag) ? "PrivateCreatorID" : "";
  }

  @Override
  public int tagForKeyword(String keyword) {
    Entry entry = keywords.get(keyword);
    return entry == null ? -1 : entry.tag;
  }
}
