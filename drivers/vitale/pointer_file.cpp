#include "drivers/vitale/pointer_file.hpp"

#include "drivers/vitale/length_forms.hpp"

#include <algorithm>

namespace vitale {
namespace {

using iso7816::LengthForm;

// An application: reference, two bytes of unknown meaning, name. A file: eight characters of name,
// reference of its application, file identifier, and bytes that nobody needs.
constexpr std::size_t aid_offset = 4;
constexpr std::size_t reference_offset = 8;
constexpr std::size_t identifier_offset = 10;
constexpr std::size_t shortest_file_pointer = 12;

struct Reference {
    std::uint16_t number;
    std::size_t application;  // in the list
};

tl::unexpected<base::Error> malformed(char const* what) {
    return base::failure(base::Errc::malformed, what);
}

std::uint16_t number_at(base::ByteView bytes, std::size_t offset) {
    return static_cast<std::uint16_t>(bytes[offset] << 8 | bytes[offset + 1]);
}

class Parsing {
  public:
    Parsing(LengthForm form, Configuration const& configuration) : form_(form), c_(configuration) {}

    base::Result<std::vector<ListedApplication>> parse(base::ByteView file) {
        auto const list = only_list(file);
        if (!list) return base::failure(list.error());
        auto const pointers = iso7816::parse_tlv(*list, form_);
        if (!pointers) return base::failure(pointers.error());
        // All applications before the first file, in whatever order they stand.
        for (auto const& pointer : *pointers)
            if (pointer.tag == c_.pointers.applications_tag)
                if (auto added = add_applications(pointer.value); !added)
                    return base::failure(added.error());
        for (auto const& pointer : *pointers)
            if (pointer.tag == c_.pointers.file_tag)
                if (auto added = add_file(pointer.value); !added)
                    return base::failure(added.error());
        return std::move(applications_);
    }

  private:
    base::Result<base::ByteView> only_list(base::ByteView file) const {
        auto const objects = iso7816::parse_tlv(file, form_);
        if (!objects) return base::failure(objects.error());
        auto const is_list = [&](iso7816::Tlv const& object) {
            return object.tag == c_.pointers.list_tag;
        };
        if (std::ranges::count_if(*objects, is_list) != 1) return malformed("not one list");
        return std::ranges::find_if(*objects, is_list)->value;
    }

    base::Result<void> add_applications(base::ByteView list) {
        auto const pointers = iso7816::parse_tlv(list, form_);
        if (!pointers) return base::failure(pointers.error());
        for (auto const& pointer : *pointers) {
            if (pointer.tag != c_.pointers.application_tag) continue;
            if (auto added = add_application(pointer.value); !added) return added;
        }
        return {};
    }

    base::Result<void> add_application(base::ByteView pointer) {
        if (pointer.size() < aid_offset || !is_aid(pointer.subspan(aid_offset)))
            return malformed("an application without name");
        auto const aid = pointer.subspan(aid_offset);
        auto application = std::ranges::find_if(applications_, [&](ListedApplication const& known) {
            return std::ranges::equal(known.aid, aid);
        });
        if (application == applications_.end()) {
            if (applications_.size() == c_.pointers.most_applications)
                return malformed("too many applications");
            applications_.push_back({{aid.begin(), aid.end()}, {}});
            application = applications_.end() - 1;
        }
        auto const index = static_cast<std::size_t>(application - applications_.begin());
        auto const number = number_at(pointer, 0);
        auto const known = std::ranges::find(references_, number, &Reference::number);
        if (known == references_.end())
            references_.push_back({number, index});
        else if (known->application != index)
            return malformed("one reference for two applications");
        return {};
    }

    base::Result<void> add_file(base::ByteView pointer) {
        if (pointer.size() < shortest_file_pointer) return malformed("a file without identifier");
        if (++files_ > c_.pointers.most_files) return malformed("too many files");
        auto const reference = std::ranges::find(references_, number_at(pointer, reference_offset),
                                                 &Reference::number);
        if (reference == references_.end()) return {};
        auto& files = applications_[reference->application].files;
        auto const identifier = number_at(pointer, identifier_offset);
        if (std::ranges::find(files, identifier) == files.end()) files.push_back(identifier);
        return {};
    }

    LengthForm form_;
    Configuration const& c_;
    std::vector<ListedApplication> applications_;
    std::vector<Reference> references_;
    std::size_t files_ = 0;
};

}  // namespace

base::Result<std::vector<ListedApplication>> parse_pointer_file(base::ByteView file,
                                                                Configuration const& c) {
    using Applications = std::vector<ListedApplication>;
    return with_length_forms<Applications>(c, [&](LengthForm form) {
        return Parsing{form, c}.parse(file);
    });
}

}  // namespace vitale
