package org.dcm4che3.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.dcm4che3.io.DicomEncodingOptions;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomOutputStream;
import org.dcm4che3.util.ByteUtils;
import org.dcm4che3.util.StringUtils;
import org.dcm4che3.util.TagUtils;

/**
 * A data set, or an item of a sequence: elements in the order of their tags (PS3.5 section 7).
 *
 * <p>Values that were read stay as their bytes until they are asked for; getters leave them as they
 * are, and answer with null or the default where there is no value or none of that type. A private
 * element is addressed by its creator and the tag {@code (gggg,00ee)}, or any other block number.
 */
public class Attributes {
  private static final int INITIAL_CAPACITY = 16;

  /** Sees the elements of a data set one by one. */
  public interface Visitor {
    /** Returns whether to go on. */
    boolean visit(Attributes attrs, int tag, VR vr, Object value) throws Exception;
  }

  private final boolean bigEndian;
  private final ElementStore elements;
  private Attributes parent;
  private SpecificCharacterSet characterSet;

  public Attributes() {
    this(false, INITIAL_CAPACITY);
  }

  public Attributes(boolean bigEndian) {
    this(bigEndian, INITIAL_CAPACITY);
  }

  public Attributes(int initialCapacity) {
    this(false, initialCapacity);
  }

  public Attributes(boolean bigEndian, int initialCapacity) {
    this.bigEndian = bigEndian;
    this.elements = new ElementStore(initialCapacity);
  }

  /** A deep copy. */
  public Attributes(Attributes other) {
    this(other, other.bigEndian);
  }

  public Attributes(Attributes other, boolean bigEndian) {
    this(bigEndian, other.size());
    addAll(other);
  }

  /** A deep copy of the elements with these tags, which must ascend as unsigned numbers. */
  public Attributes(Attributes other, int... selection) {
    this(other, other.bigEndian, selection);
  }

  public Attributes(Attributes other, boolean bigEndian, int... selection) {
    this(bigEndian, selection.length);
    addSelected(other, selection);
  }

  public boolean isRoot() {
    return parent == null;
  }

  public Attributes getRoot() {
    return parent == null ? this : parent.getRoot();
  }

  public int getLevel() {
    return parent == null ? 0 : 1 + parent.getLevel();
  }

  public Attributes getParent() {
    return parent;
  }

  void setParent(Attributes parent) {
    if (parent != null && this.parent != null) {
      throw new IllegalArgumentException("item already belongs to a sequence");
    }
    if (parent == null && this.parent != null && !contains(Tag.SpecificCharacterSet)) {
      decodeTexts(getSpecificCharacterSet());
    }
    this.parent = parent;
  }

  public boolean bigEndian() {
    return bigEndian;
  }

  public boolean isEmpty() {
    return elements.size() == 0;
  }

  public int size() {
    return elements.size();
  }

  /** The tags of all elements in ascending (unsigned) order. */
  public int[] tags() {
    return elements.tags();
  }

  public void clear() {
    for (int i = 0; i < size(); i++) {
      if (valueAt(i) instanceof Sequence sequence) {
        sequence.release();
      }
    }
    elements.clear();
    characterSet = null;
  }

  public void trimToSize() {
    elements.trimToSize();
  }

  // ---------------------------------------------------------------- elements

  int indexOf(int tag) {
    return elements.indexOf(tag);
  }

  /** The index of the first element whose tag is not below this one. */
  int firstIndexFrom(int tag) {
    int index = elements.indexOf(tag);
    return index < 0 ? -index - 1 : index;
  }

  private int indexOf(String privateCreator, int tag) {
    if (privateCreator == null) {
      return indexOf(tag);
    }
    int creatorTag = PrivateBlocks.find(this, privateCreator, tag, 0);
    return creatorTag == -1 ? -1 : indexOf(TagUtils.toPrivateTag(creatorTag, tag));
  }

  private Object put(String privateCreator, int tag, VR vr, Object value) {
    return put(reserve(privateCreator, tag), vr, value);
  }

  private int reserve(String privateCreator, int tag) {
    return privateCreator == null
        ? tag
        : TagUtils.toPrivateTag(PrivateBlocks.reserve(this, privateCreator, tag, 0), tag);
  }

  Object put(int tag, VR vr, Object value) {
    Objects.requireNonNull(vr, "vr");
    if (tag == Tag.SpecificCharacterSet) {
      forgetCharacterSet();
    }
    Object previous = elements.put(tag, vr, value);
    if (previous instanceof Sequence sequence) {
      sequence.release();
    }
    return previous;
  }

  public Object remove(int tag) {
    return remove(null, tag);
  }

  public Object remove(String privateCreator, int tag) {
    int index = indexOf(privateCreator, tag);
    if (index < 0) {
      return null;
    }
    if (tag == Tag.SpecificCharacterSet) {
      forgetCharacterSet();
    }
    Object removed = elements.removeAt(index);
    if (removed instanceof Sequence sequence) {
      sequence.release();
    }
    return removed;
  }

  public void removeSelected(int... selection) {
    for (int tag : selection) {
      remove(tag);
    }
  }

  /** Removes the elements of odd groups, not those of items; returns their number. */
  public int removePrivateAttributes() {
    int removed = 0;
    for (int tag : tags()) {
      if (TagUtils.isPrivateGroup(tag)) {
        remove(tag);
        removed++;
      }
    }
    return removed;
  }

  public boolean contains(int tag) {
    return indexOf(tag) >= 0;
  }

  public boolean contains(String privateCreator, int tag) {
    return indexOf(privateCreator, tag) >= 0;
  }

  public boolean containsValue(int tag) {
    return containsValue(null, tag);
  }

  public boolean containsValue(String privateCreator, int tag) {
    int index = indexOf(privateCreator, tag);
    return index >= 0 && !isEmpty(valueAt(index));
  }

  static boolean isEmpty(Object value) {
    return value instanceof Value v && v.isEmpty();
  }

  public VR getVR(int tag) {
    return getVR(null, tag);
  }

  public VR getVR(String privateCreator, int tag) {
    int index = indexOf(privateCreator, tag);
    return index < 0 ? null : vrAt(index);
  }

  /** The value as it is held: bytes, a text, or a {@link Value}; null without the element. */
  public Object getValue(int tag) {
    return getValue(null, tag, null);
  }

  public Object getValue(int tag, VR.Holder vr) {
    return getValue(null, tag, vr);
  }

  public Object getValue(String privateCreator, int tag) {
    return getValue(privateCreator, tag, null);
  }

  public Object getValue(String privateCreator, int tag, VR.Holder vr) {
    int index = indexOf(privateCreator, tag);
    if (index < 0) {
      return null;
    }
    if (vr != null) {
      vr.vr = vrAt(index);
    }
    return valueAt(index);
  }

  // ---------------------------------------------------------------- private blocks

  /** The creator of the block to which a private element belongs, null if it has none. */
  public String privateCreatorOf(int tag) {
    return TagUtils.isPrivateTag(tag) ? getPrivateCreator(tag) : null;
  }

  public String getPrivateCreator(int tag) {
    return getString(PrivateBlocks.creatorTagOf(tag));
  }

  /** The tag of the element in the block of its creator, -1 if the creator has no block. */
  public int tagOf(String privateCreator, int tag) {
    if (privateCreator == null) {
      return tag;
    }
    int creatorTag = PrivateBlocks.find(this, privateCreator, tag, 0);
    return creatorTag == -1 ? -1 : TagUtils.toPrivateTag(creatorTag, tag);
  }

  // ---------------------------------------------------------------- items

  /** The items; null without the element, or where its value is no sequence. */
  public Sequence getSequence(int tag) {
    return getSequence(null, tag);
  }

  public Sequence getSequence(String privateCreator, int tag) {
    int index = indexOf(privateCreator, tag);
    if (index < 0) {
      return null;
    }
    if (valueAt(index) instanceof Sequence sequence) {
      return sequence;
    }
    if (vrAt(index) == VR.SQ) {
      Sequence empty = new Sequence(this, 1);
      elements.setValue(index, empty);
      return empty;
    }
    if (vrAt(index) == VR.UN && valueAt(index) instanceof byte[] bytes && startsWithItem(bytes)) {
      try {
        DicomInputStream.parseUNSequence(bytes, this, tagAt(index));
      } catch (IOException e) {
        return null;
      }
      return valueAt(index) instanceof Sequence sequence ? sequence : null;
    }
    return null;
  }

  private static boolean startsWithItem(byte[] bytes) {
    return bytes.length >= 8 && ByteUtils.bytesToTag(bytes, 0, false) == Tag.Item;
  }

  public Attributes getNestedDataset(int sequenceTag) {
    return getNestedDataset(null, sequenceTag, 0);
  }

  public Attributes getNestedDataset(int sequenceTag, int itemIndex) {
    return getNestedDataset(null, sequenceTag, itemIndex);
  }

  public Attributes getNestedDataset(String privateCreator, int sequenceTag) {
    return getNestedDataset(privateCreator, sequenceTag, 0);
  }

  /** The item of the sequence, null if there is none. */
  public Attributes getNestedDataset(String privateCreator, int sequenceTag, int itemIndex) {
    Sequence sequence = getSequence(privateCreator, sequenceTag);
    return sequence == null || itemIndex >= sequence.size() ? null : sequence.get(itemIndex);
  }

  public Sequence newSequence(int tag, int initialCapacity) {
    return newSequence(null, tag, initialCapacity);
  }

  /** Sets the element to a sequence without items. */
  public Sequence newSequence(String privateCreator, int tag, int initialCapacity) {
    Sequence sequence = new Sequence(this, initialCapacity);
    put(privateCreator, tag, VR.SQ, sequence);
    return sequence;
  }

  public Sequence ensureSequence(int tag, int initialCapacity) {
    return ensureSequence(null, tag, initialCapacity);
  }

  public Sequence ensureSequence(String privateCreator, int tag, int initialCapacity) {
    Sequence sequence = getSequence(privateCreator, tag);
    return sequence != null ? sequence : newSequence(privateCreator, tag, initialCapacity);
  }

  public Fragments newFragments(int tag, VR vr, int initialCapacity) {
    Fragments fragments = new Fragments(vr, bigEndian, initialCapacity);
    put(tag, vr, fragments);
    return fragments;
  }

  // ---------------------------------------------------------------- character set

  /** The character set of this data set, or the one that it inherits from its parent. */
  public SpecificCharacterSet getSpecificCharacterSet() {
    if (characterSet != null) {
      return characterSet;
    }
    int index = indexOf(Tag.SpecificCharacterSet);
    if (index >= 0 && !(valueAt(index) instanceof Value)) {
      characterSet =
          SpecificCharacterSet.valueOf(
              Values.strings(VR.CS, valueAt(index), bigEndian, SpecificCharacterSet.ASCII));
      return characterSet;
    }
    return parent == null ? SpecificCharacterSet.ASCII : parent.getSpecificCharacterSet();
  }

  /** Sets the character set; texts that are there already keep their characters. */
  public void setSpecificCharacterSet(String... codes) {
    setString(Tag.SpecificCharacterSet, VR.CS, codes);
  }

  private void forgetCharacterSet() {
    decodeTexts(getSpecificCharacterSet());
    characterSet = null;
  }

  /** Turns bytes whose characters depend on the character set into text. */
  private void decodeTexts(SpecificCharacterSet cs) {
    for (int i = 0; i < size(); i++) {
      Object value = valueAt(i);
      if (value instanceof Sequence sequence) {
        for (Attributes item : sequence) {
          if (!item.contains(Tag.SpecificCharacterSet)) {
            item.decodeTexts(cs);
          }
        }
      } else if (vrAt(i).useSpecificCharacterSet()
          && value instanceof byte[] bytes
          && !Values.isPlainAscii(bytes)) {
        elements.setValue(i, Values.text(vrAt(i), bytes, cs));
      }
    }
  }

  // ---------------------------------------------------------------- getters

  /** The VR by which to read element i: the one asked for, or of the dictionary, instead of UN. */
  private VR effectiveVR(int i, VR asked) {
    if (vrAt(i) != VR.UN) {
      return vrAt(i);
    }
    VR vr = asked != null ? asked : ElementDictionary.vrOf(tagAt(i), null);
    return vr == null || vr == VR.SQ ? VR.UN : vr;
  }

  /** The value of element i as bytes or text; null if it is empty or of another kind. */
  private Object plainValue(int i) {
    Object value = valueAt(i);
    if (value instanceof BulkData bulkData) {
      try {
        return bulkData.toBytes(vrAt(i), bigEndian);
      } catch (IOException e) {
        return null;
      }
    }
    return value instanceof Value ? null : value;
  }

  public byte[] getBytes(int tag) throws IOException {
    return getBytes(null, tag);
  }

  /** The encoded value in the byte order of this data set, null without the element. */
  public byte[] getBytes(String privateCreator, int tag) throws IOException {
    int index = indexOf(privateCreator, tag);
    if (index < 0) {
      return null;
    }
    return valueAt(index) instanceof Value value
        ? value.toBytes(vrAt(index), bigEndian)
        : Values.encode(vrAt(index), valueAt(index), getSpecificCharacterSet());
  }

  public byte[] getSafeBytes(int tag) {
    return getSafeBytes(null, tag);
  }

  /** As {@link #getBytes}, with null where the bytes cannot be read. */
  public byte[] getSafeBytes(String privateCreator, int tag) {
    try {
      return getBytes(privateCreator, tag);
    } catch (IOException e) {
      return null;
    }
  }

  public String getString(int tag) {
    return getString(null, tag, null, 0, null);
  }

  public String getString(int tag, String defVal) {
    return getString(null, tag, null, 0, defVal);
  }

  public String getString(int tag, int valueIndex) {
    return getString(null, tag, null, valueIndex, null);
  }

  public String getString(int tag, int valueIndex, String defVal) {
    return getString(null, tag, null, valueIndex, defVal);
  }

  public String getString(String privateCreator, int tag) {
    return getString(privateCreator, tag, null, 0, null);
  }

  public String getString(String privateCreator, int tag, String defVal) {
    return getString(privateCreator, tag, null, 0, defVal);
  }

  public String getString(String privateCreator, int tag, VR vr) {
    return getString(privateCreator, tag, vr, 0, null);
  }

  public String getString(String privateCreator, int tag, int valueIndex) {
    return getString(privateCreator, tag, null, valueIndex, null);
  }

  /** One value as text without padding; the VR is used where the element has VR UN. */
  public String getString(String privateCreator, int tag, VR vr, int valueIndex, String defVal) {
    int index = indexOf(privateCreator, tag);
    Object value = index < 0 ? null : plainValue(index);
    if (value == null) {
      return defVal;
    }
    String s =
        Values.string(effectiveVR(index, vr), value, bigEndian, valueIndex, characterSetFor(value));
    return s.isEmpty() ? defVal : s;
  }

  private SpecificCharacterSet characterSetFor(Object value) {
    return value instanceof byte[] bytes && !Values.isPlainAscii(bytes)
        ? getSpecificCharacterSet()
        : SpecificCharacterSet.ASCII;
  }

  public String[] getStrings(int tag) {
    return getStrings(null, tag, null);
  }

  public String[] getStrings(String privateCreator, int tag) {
    return getStrings(privateCreator, tag, null);
  }

  /** All values as texts without padding; none for an empty element, null without the element. */
  public String[] getStrings(String privateCreator, int tag, VR vr) {
    int index = indexOf(privateCreator, tag);
    if (index < 0) {
      return null;
    }
    Object value = plainValue(index);
    if (value == null) {
      return isEmpty(valueAt(index)) ? StringUtils.EMPTY_STRING : null;
    }
    return Values.strings(effectiveVR(index, vr), value, bigEndian, characterSetFor(value));
  }

  public int getInt(int tag, int defVal) {
    return getInt(null, tag, null, 0, defVal);
  }

  public int getInt(int tag, int valueIndex, int defVal) {
    return getInt(null, tag, null, valueIndex, defVal);
  }

  public int getInt(String privateCreator, int tag, int defVal) {
    return getInt(privateCreator, tag, null, 0, defVal);
  }

  public int getInt(String privateCreator, int tag, VR vr, int defVal) {
    return getInt(privateCreator, tag, vr, 0, defVal);
  }

  public int getInt(String privateCreator, int tag, int valueIndex, int defVal) {
    return getInt(privateCreator, tag, null, valueIndex, defVal);
  }

  public int getInt(String privateCreator, int tag, VR vr, int valueIndex, int defVal) {
    long value = getLong(privateCreator, tag, vr, valueIndex, defVal);
    return value == (int) value || !getVR(privateCreator, tag).isStringType()
        ? (int) value
        : defVal;
  }

  public long getLong(int tag, long defVal) {
    return getLong(null, tag, null, 0, defVal);
  }

  public long getLong(int tag, int valueIndex, long defVal) {
    return getLong(null, tag, null, valueIndex, defVal);
  }

  /** One value of an integer VR, UL as a signed one; the default where there is none. */
  public long getLong(String privateCreator, int tag, VR vr, int valueIndex, long defVal) {
    int index = indexOf(privateCreator, tag);
    Object value = index < 0 ? null : plainValue(index);
    if (value == null) {
      return defVal;
    }
    VR effective = effectiveVR(index, vr);
    try {
      return Values.isInteger(effective)
          ? Values.toLong(effective, value, bigEndian, valueIndex)
          : defVal;
    } catch (NumberFormatException e) {
      return defVal;
    }
  }

  public double getDouble(int tag, double defVal) {
    return getDouble(null, tag, null, 0, defVal);
  }

  public double getDouble(int tag, int valueIndex, double defVal) {
    return getDouble(null, tag, null, valueIndex, defVal);
  }

  public double getDouble(String privateCreator, int tag, double defVal) {
    return getDouble(privateCreator, tag, null, 0, defVal);
  }

  public double getDouble(String privateCreator, int tag, VR vr, double defVal) {
    return getDouble(privateCreator, tag, vr, 0, defVal);
  }

  /** One value of DS, FL, FD, OF or OD; the default where there is none, or for another VR. */
  public double getDouble(String privateCreator, int tag, VR vr, int valueIndex, double defVal) {
    int index = indexOf(privateCreator, tag);
    Object value = index < 0 ? null : plainValue(index);
    if (value == null) {
      return defVal;
    }
    VR effective = effectiveVR(index, vr);
    try {
      return Values.isFloating(effective)
          ? Values.toDouble(effective, value, bigEndian, valueIndex)
          : defVal;
    } catch (NumberFormatException e) {
      return defVal;
    }
  }

  public float getFloat(int tag, float defVal) {
    return (float) getDouble(null, tag, null, 0, defVal);
  }

  public float getFloat(int tag, int valueIndex, float defVal) {
    return (float) getDouble(null, tag, null, valueIndex, defVal);
  }

  public float getFloat(String privateCreator, int tag, float defVal) {
    return (float) getDouble(privateCreator, tag, null, 0, defVal);
  }

  public float getFloat(String privateCreator, int tag, VR vr, float defVal) {
    return (float) getDouble(privateCreator, tag, vr, 0, defVal);
  }

  public int[] getInts(int tag) {
    return getInts(null, tag, null);
  }

  public int[] getInts(String privateCreator, int tag) {
    return getInts(privateCreator, tag, null);
  }

  public int[] getInts(String privateCreator, int tag, VR vr) {
    long[] longs = getLongs(privateCreator, tag, vr);
    return longs == null ? null : Arrays.stream(longs).mapToInt(l -> (int) l).toArray();
  }

  public long[] getLongs(int tag) {
    return getLongs(null, tag, null);
  }

  /** All values of an integer VR; none for an empty element, null where one is no integer. */
  public long[] getLongs(String privateCreator, int tag, VR vr) {
    int index = indexOf(privateCreator, tag);
    Object value = index < 0 ? null : plainValue(index);
    if (value == null) {
      return index >= 0 && isEmpty(valueAt(index)) ? ByteUtils.EMPTY_LONGS : null;
    }
    VR effective = effectiveVR(index, vr);
    if (!Values.isInteger(effective)) {
      return null;
    }
    try {
      return Values.toLongs(effective, value, bigEndian);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  public double[] getDoubles(int tag) {
    return getDoubles(null, tag, null);
  }

  public double[] getDoubles(String privateCreator, int tag) {
    return getDoubles(privateCreator, tag, null);
  }

  /** All values of DS, FL, FD, OF or OD; none for an empty element, null for another VR. */
  public double[] getDoubles(String privateCreator, int tag, VR vr) {
    int index = indexOf(privateCreator, tag);
    Object value = index < 0 ? null : plainValue(index);
    if (value == null) {
      return index >= 0 && isEmpty(valueAt(index)) ? ByteUtils.EMPTY_DOUBLES : null;
    }
    VR effective = effectiveVR(index, vr);
    if (!Values.isFloating(effective)) {
      return null;
    }
    try {
      return Values.toDoubles(effective, value, bigEndian);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  public float[] getFloats(int tag) {
    return getFloats(null, tag, null);
  }

  public float[] getFloats(String privateCreator, int tag, VR vr) {
    double[] doubles = getDoubles(privateCreator, tag, vr);
    if (doubles == null) {
      return null;
    }
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }

  // ---------------------------------------------------------------- setters

  public Object setNull(int tag, VR vr) {
    return put(tag, vr, Value.NULL);
  }

  public Object setNull(String privateCreator, int tag, VR vr) {
    return put(privateCreator, tag, vr, Value.NULL);
  }

  /** Sets the encoded value, in the byte order of this data set. */
  public Object setBytes(int tag, VR vr, byte[] b) {
    return put(tag, vr, b == null || b.length == 0 ? Value.NULL : b);
  }

  public Object setBytes(String privateCreator, int tag, VR vr, byte[] b) {
    return put(privateCreator, tag, vr, b == null || b.length == 0 ? Value.NULL : b);
  }

  public Object setString(int tag, VR vr, String s) {
    return setString(null, tag, vr, s);
  }

  public Object setString(String privateCreator, int tag, VR vr, String s) {
    return put(
        privateCreator,
        tag,
        vr,
        s == null || s.isEmpty() ? Value.NULL : Values.ofStrings(vr, bigEndian, s));
  }

  public Object setString(int tag, VR vr, String... ss) {
    return setString(null, tag, vr, ss);
  }

  public Object setString(String privateCreator, int tag, VR vr, String... ss) {
    if (ss == null || ss.length == 0) {
      return put(privateCreator, tag, vr, Value.NULL);
    }
    if (ss.length == 1) {
      return setString(privateCreator, tag, vr, ss[0]);
    }
    return put(privateCreator, tag, vr, Values.ofStrings(vr, bigEndian, ss));
  }

  public Object setInt(int tag, VR vr, int... is) {
    return setInt(null, tag, vr, is);
  }

  public Object setInt(String privateCreator, int tag, VR vr, int... is) {
    return setLong(privateCreator, tag, vr, Arrays.stream(is).asLongStream().toArray());
  }

  public Object setLong(int tag, VR vr, long... ls) {
    return setLong(null, tag, vr, ls);
  }

  public Object setLong(String privateCreator, int tag, VR vr, long... ls) {
    return put(
        privateCreator, tag, vr, ls.length == 0 ? Value.NULL : Values.ofLongs(vr, bigEndian, ls));
  }

  public Object setFloat(int tag, VR vr, float... fs) {
    return setFloat(null, tag, vr, fs);
  }

  public Object setFloat(String privateCreator, int tag, VR vr, float... fs) {
    return put(
        privateCreator, tag, vr, fs.length == 0 ? Value.NULL : Values.ofFloats(vr, bigEndian, fs));
  }

  public Object setDouble(int tag, VR vr, double... ds) {
    return setDouble(null, tag, vr, ds);
  }

  public Object setDouble(String privateCreator, int tag, VR vr, double... ds) {
    return put(
        privateCreator, tag, vr, ds.length == 0 ? Value.NULL : Values.ofDoubles(vr, bigEndian, ds));
  }

  /** Sets a value in one of the forms that {@link #getValue} returns. */
  public Object setValue(int tag, VR vr, Object value) {
    return setValue(null, tag, vr, value);
  }

  public Object setValue(String privateCreator, int tag, VR vr, Object value) {
    if (value instanceof String s) {
      return setString(privateCreator, tag, vr, s);
    }
    if (value instanceof String[] ss) {
      return setString(privateCreator, tag, vr, ss);
    }
    if (value instanceof byte[] b) {
      return setBytes(privateCreator, tag, vr, b);
    }
    if (value != null && (!(value instanceof Value) || value instanceof Sequence)) {
      throw new IllegalArgumentException("value: neither text, bytes, fragments nor bulk data");
    }
    return put(privateCreator, tag, vr, value == null ? Value.NULL : value);
  }

  // ---------------------------------------------------------------- copies

  /** As {@link #addSelected}, of all elements. */
  public boolean addAll(Attributes other) {
    return new AttributesCopier(other, this).copyNotSelected();
  }

  /**
   * Adds deep copies of the elements of the other data set that have these tags.
   *
   * @throws IncompatibleSpecificCharacterSetException for a text in a character set, where this
   *     data set has elements but no character set
   */
  public boolean addSelected(Attributes other, int... selection) {
    return new AttributesCopier(other, this).copySelected(selection);
  }

  /** Adds deep copies of the elements of the other data set that have none of these tags. */
  public boolean addNotSelected(Attributes other, int... selection) {
    return new AttributesCopier(other, this).copyNotSelected(selection);
  }

  // ---------------------------------------------------------------- whole data sets

  /** Shows the elements in order, and those of items after their sequence if so asked. */
  public boolean accept(Visitor visitor, boolean visitNestedDatasets) throws Exception {
    for (int i = 0; i < size(); i++) {
      Object value = valueAt(i);
      if (!visitor.visit(this, tagAt(i), vrAt(i), value)) {
        return false;
      }
      if (visitNestedDatasets && value instanceof Sequence sequence) {
        for (Attributes item : sequence) {
          if (!item.accept(visitor, true)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** The encoded length, without an item header. */
  public int calcLength(DicomEncodingOptions encOpts, boolean explicitVR) {
    return AttributesWriter.length(this, encOpts, explicitVR);
  }

  public void writeTo(DicomOutputStream out) throws IOException {
    AttributesWriter.write(this, out);
  }

  public void writeItemTo(DicomOutputStream out) throws IOException {
    AttributesWriter.writeItem(this, out);
  }

  public Attributes createFileMetaInformation(String tsuid) {
    return createFileMetaInformation(
        getString(Tag.SOPInstanceUID), getString(Tag.SOPClassUID), tsuid);
  }

  /** File meta information (PS3.10 7.1) for an instance, its class and a transfer syntax. */
  public static Attributes createFileMetaInformation(String iuid, String cuid, String tsuid) {
    return FileMetaInformation.of(iuid, cuid, tsuid);
  }

  /** Whether both hold the same elements with the same values, in whatever byte order. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Attributes that && AttributesComparison.equal(this, that);
  }

  /** Whether the element has the same value in both, or is absent from both. */
  public boolean equalValues(Attributes other, int tag) {
    return AttributesComparison.equalValues(this, other, tag);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tags());
  }

  VR vrAt(int index) {
    return elements.vr(index);
  }

  int tagAt(int index) {
    return elements.tag(index);
  }

  Object valueAt(int index) {
    return elements.value(index);
  }
}
