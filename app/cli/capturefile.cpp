// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "cli/capturefile.h"

#include "capture/capturestore.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QTemporaryDir>

namespace rt {

namespace {

constexpr QLatin1StringView sessionExtension("rtcap");

CaptureData everythingIn(const CaptureStore &store)
{
    CaptureData data;
    data.calls = store.calls();
    for (const ExchangeSummary &summary : store.exchanges()) {
        if (auto record = store.exchange(summary.id))
            data.exchanges.push_back(std::move(*record));
    }
    return data;
}

Result<CaptureData> readSession(const QString &fileName)
{
    const auto store = CaptureStore::open(fileName);
    if (!store)
        return failure(store.error().message);
    return everythingIn(**store);
}

Result<void> writeSession(const QString &fileName, const CaptureData &data)
{
    QTemporaryDir folder(QFileInfo(fileName).absolutePath() + QStringLiteral("/roundtrip-XXXXXX"));
    auto store = CaptureStore::create(folder.path());
    if (!store)
        return failure(store.error().message);
    std::vector<CaptureItem> items(data.exchanges.begin(), data.exchanges.end());
    items.insert(items.end(), data.calls.begin(), data.calls.end());
    (*store)->append(items);
    (*store)->flush();
    const QString written = (*store)->fileName();
    (*store)->close();
    store->reset();
    QFile::remove(fileName);
    if (!QFile::rename(written, fileName))
        return failure(QStringLiteral("%1 could not be written.").arg(fileName));
    return {};
}

} // namespace

Result<CaptureData> readCaptureFile(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return failure(QStringLiteral("%1 cannot be read: %2.").arg(fileName, file.errorString()));
    const CaptureFormat *format = captureFormat(fileName);
    if (!format || !format->read)
        return readSession(fileName);
    auto data = format->read(file.readAll());
    if (!data)
        return failure(QStringLiteral("%1: %2").arg(fileName, data.error().message));
    return data;
}

Result<void> writeCaptureFile(const QString &fileName, const CaptureData &data,
                              const ExportOptions &options)
{
    if (QFileInfo(fileName).suffix() == sessionExtension)
        return writeSession(fileName, data);
    const CaptureFormat *format = captureFormat(fileName);
    if (!format || !format->write)
        return failure(
            QStringLiteral("%1: no format that can be written has this extension; these have: %2.")
                .arg(fileName, writableExtensions()));
    const auto bytes = format->write(data, options);
    if (!bytes)
        return failure(bytes.error().message);
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly) || file.write(*bytes) != bytes->size() || !file.commit())
        return failure(
            QStringLiteral("%1 could not be written: %2.").arg(fileName, file.errorString()));
    return {};
}

QString writableExtensions()
{
    QStringList names;
    for (const CaptureFormat &format : captureFormats()) {
        if (format.write)
            names += format.extensions;
    }
    names.append(sessionExtension);
    return names.join(QStringLiteral(", "));
}

} // namespace rt
