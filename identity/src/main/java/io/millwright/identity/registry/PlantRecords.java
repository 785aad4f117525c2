package io.millwright.identity.registry;

import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Asset;
import io.millwright.model.Plant;
import io.millwright.model.Signal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// What a plant registers: one record for each asset, one for the plant, and one for its prefix
/// (`docs/reference/identifiers.md` lists the values and their indexes).
///
/// @param plant the plant
/// @param base where the HTTP API and the console of the node are reached, e.g. `http://127.0.0.1:8080`
/// @param site the servers that answer for the plant's prefix
/// @param timestampSeconds the records' time, seconds since 1970
public record PlantRecords(Plant plant, URI base, Site site, int timestampSeconds) {

    static final int URL_INDEX = 1;
    static final int DESC_INDEX = 2;
    static final int TYPE_INDEX = 3;
    static final int PLACE_INDEX = 4;
    static final int PLANT_INDEX = 5;
    static final int ASSET_COUNT_INDEX = 6;
    static final int ADMIN_INDEX = 100;
    static final int ADMIN_KEY_INDEX = 300;
    static final int FIRST_SIGNAL_INDEX = 1000;
    static final int FIRST_ASSET_INDEX = 1000;
    static final int SITE_INDEX = 1;

    /// The most assets that the plant's own record names; the count is always complete.
    private static final int ASSETS_NAMED_MAX = 1000;

    /// A node may move and get other ports at its next start: its clients ask again after a minute.
    private static final TimeToLive SITE_TTL = TimeToLive.relative(60);

    /// A registry with all of the plant's records.
    ///
    /// @throws IllegalArgumentException if two of them would have the same handle; the message names both
    public MemoryRegistry register() {
        var registry = new MemoryRegistry(List.of(plant.prefix()));
        registry.register(prefixRecord());
        registry.register(plantRecord());
        for (var asset : plant.assets()) {
            registry.register(assetRecord(asset));
        }
        return registry;
    }

    /// The plant's own handle, `prefix/name`.
    public Handle plantHandle() {
        return Handle.of(plant.prefix() + "/" + plant.name());
    }

    private HandleRecord prefixRecord() {
        var values = new ArrayList<HandleValue>();
        values.add(new HandleValue(
                SITE_INDEX,
                ValueTypes.HS_SITE,
                site.encode(),
                Permissions.PUBLISHED,
                SITE_TTL,
                timestampSeconds,
                List.of()));
        values.add(text(DESC_INDEX, ValueTypes.DESC, "Prefix of plant " + plant.name()));
        values.add(administrator());
        return new HandleRecord(Handle.ofPrefix(plant.prefix()), values);
    }

    private HandleRecord plantRecord() {
        var values = new ArrayList<HandleValue>();
        values.add(text(URL_INDEX, ValueTypes.URL, base.toString()));
        values.add(text(DESC_INDEX, ValueTypes.DESC, "Plant " + plant.name()));
        values.add(text(
                ASSET_COUNT_INDEX,
                ValueTypes.ASSET_COUNT,
                Integer.toString(plant.assets().size())));
        values.add(administrator());
        for (int i = 0; i < Math.min(ASSETS_NAMED_MAX, plant.assets().size()); i++) {
            var handle = Handle.of(plant.assets().get(i).identifier());
            values.add(referring(FIRST_ASSET_INDEX + i, ValueTypes.ASSET, handle.toString(), handle));
        }
        return new HandleRecord(plantHandle(), values);
    }

    private HandleRecord assetRecord(Asset asset) {
        var values = new ArrayList<HandleValue>();
        values.add(text(URL_INDEX, ValueTypes.URL, page(asset)));
        values.add(text(DESC_INDEX, ValueTypes.DESC, description(asset)));
        asset.type().ifPresent(t -> values.add(text(TYPE_INDEX, ValueTypes.ASSET_TYPE, t)));
        asset.place().ifPresent(p -> values.add(text(PLACE_INDEX, ValueTypes.PLACE, p)));
        values.add(referring(PLANT_INDEX, ValueTypes.PLANT, plant.name(), plantHandle()));
        values.add(administrator());
        int index = FIRST_SIGNAL_INDEX;
        for (var signal : asset.signals()) {
            values.add(text(
                    index++,
                    ValueTypes.SIGNAL,
                    SignalDescription.of(signal, live(signal)).toJson()));
        }
        return new HandleRecord(Handle.of(asset.identifier()), values);
    }

    /// The console's page about the asset: its routes stand behind the hash.
    private String page(Asset asset) {
        return address("/#/identifiers/" + UriText.encode(plant.prefix()) + "/" + UriText.encode(asset.name()));
    }

    private static String description(Asset asset) {
        return asset.type().map(t -> asset.name() + ", " + t).orElse(asset.name());
    }

    private String live(Signal signal) {
        return address("/api/v1/values?signal=" + UriText.encode(signal.name().toString()));
    }

    private String address(String path) {
        String start = base.toString();
        return (start.endsWith("/") ? start.substring(0, start.length() - 1) : start) + path;
    }

    private HandleValue administrator() {
        var keeper = new ValueReference(Handle.ofPrefix(plant.prefix()), ADMIN_KEY_INDEX);
        return value(
                ADMIN_INDEX, ValueTypes.HS_ADMIN, new Administrator(Administrator.ALL, keeper).encode(), List.of());
    }

    private HandleValue text(int index, String type, String text) {
        return value(index, type, Octets.utf8(text), List.of());
    }

    private HandleValue referring(int index, String type, String text, Handle referred) {
        return value(index, type, Octets.utf8(text), List.of(new ValueReference(referred, 0)));
    }

    private HandleValue value(int index, String type, Octets data, List<ValueReference> references) {
        return new HandleValue(index, type, data, Permissions.PUBLISHED, TimeToLive.DAY, timestampSeconds, references);
    }
}
